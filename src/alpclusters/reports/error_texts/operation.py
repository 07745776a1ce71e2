"""Sentences and remedies: the installation and its writer; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- set-up and backup ---
    "setup.home_in_use": (
        _(
            "AlpClusters already runs on %(home)s: process %(pid)s, since %(since)s, "
            "port %(port)s. Nothing was changed."
        ),
        _("Stop that one first, or choose another data directory with ALPCLUSTERS_HOME."),
    ),
    "setup.port_in_use": (
        _("Port %(port)s cannot be used: %(reason)s."),
        _("Stop the other program, or choose a port with --port."),
    ),
    "setup.tls": (
        _("The certificate %(file)s cannot be used: %(reason)s."),
        _("Name a PEM file with the certificate and its chain, and the key that belongs to it."),
    ),
    "setup.program_missing": (
        _("The program %(program)s is missing."),
        _("Install it; alpclusters doctor lists what is needed."),
    ),
    "setup.program_failed": (
        _("The program %(program)s failed: %(found)s"),
        _("See alpclusters doctor."),
    ),
    # --- the writer of the live process ---
    "live.second_writer": (
        _("Another process already writes the journal in %(path)s."),
        _("Stop the other one first: only one may run on a data directory."),
    ),
    "live.journal_unusable": (
        _("The journal directory %(path)s cannot be made or written."),
        _("Give this user the right to write there, or set ALPCLUSTERS_LIVE_JOURNAL_DIR."),
    ),
    "live.database_damaged": (
        _("The database file %(path)s is damaged."),
        _("Restore a backup; the journal then adds what came after it."),
    ),
    "live.not_durable": (
        _("The database server does not keep what it acknowledges: %(found)s is off."),
        _("Switch it on in the settings of the server."),
    ),
    "live.no_such_segment": (
        _("There is no journal in %(path)s."),
        _("Name the directory that holds the files votes-….aj."),
    ),
    "backup.unreadable": (
        _("%(file)s is not a readable backup."),
        _("Name a file that alpclusters backup made."),
    ),
    "backup.unknown_format": (
        _("The backup has the format %(found)s, which this version does not know."),
        _("Restore it with the version that made it, or a newer one."),
    ),
    "backup.damaged": (
        _("The backup %(file)s is damaged: %(member)s differs from its checksum."),
        _("Use another backup. Nothing was changed."),
    ),
    "backup.target_not_empty": (
        _("There is already a database: %(target)s."),
        _("Restore into an empty data directory with --into."),
    ),
    "backup.other_engine": (
        _("The backup comes from %(found)s, this installation uses %(expected)s."),
        _("Set DATABASE_URL accordingly."),
    ),
    "backup.rows_differ": (
        _("After restoring, these tables have other numbers of rows: %(found)s."),
        _("Do not use this installation; restore again into an empty directory."),
    ),
    # --- territory ---
    "territory.unknown_vintage": (
        _("%(found)s is no year in which NUTS codes were issued."),
        _("Name one of these years: %(expected)s."),
    ),
}
