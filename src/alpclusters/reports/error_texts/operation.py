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
    "setup.debug_in_public": (
        _(
            "ALPCLUSTERS_DEBUG is on and the address %(address)s is public: whoever meets an "
            "error would read code, settings and data. Nothing was started."
        ),
        _("Remove ALPCLUSTERS_DEBUG, or use a local address to look for the fault."),
    ),
    "setup.port_in_use": (
        _("Port %(port)s cannot be used: %(reason)s."),
        _("Stop the other program, or choose a port with --port."),
    ),
    "setup.socket_folder": (
        _(
            "The path %(home)s is too long for sockets: %(n)s bytes, %(most)s at most. The folder "
            "%(folder)s, which would do instead, cannot be used: %(reason)s."
        ),
        _(
            "Choose a data directory with a shorter path (ALPCLUSTERS_HOME), or make that folder "
            "usable for this user alone."
        ),
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
    # --- the drill ---
    "drill.not_loopback": (
        _("“%(found)s” is not an address of this machine alone."),
        _("A drill serves at 127.0.0.1, or another address that begins with 127."),
    ),
    "drill.real_home": (
        _("“%(found)s” is the data directory of an installation."),
        _("Name a folder outside of it; the drill makes its own one in there and removes it."),
    ),
    "drill.needs_linux": (
        _("The drill runs on Linux only."),
        _("Run it on a Linux machine; it asks that system for processes and limits."),
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
    "argument.missing": (_("The value is missing."), _("See --help.")),
    # --- settings ---
    "setting.not_a_number": (
        _("%(setting)s: “%(found)s” is not a number from %(least)s to %(most)s."),
        _("Correct the setting and start again."),
    ),
    "setting.not_one_of": (
        _("%(setting)s: “%(found)s” is not known."),
        _("Use one of: %(expected)s."),
    ),
    "setting.not_a_network": (
        _("%(setting)s: %(found)s."),
        _("Name addresses or networks such as 10.0.0.5 or 192.168.1.0/24, or none."),
    ),
    "setting.both_or_none": (
        _("Only one of %(setting)s and %(other)s is set."),
        _("Set both or none."),
    ),
    "setting.database_scheme": (
        _("%(setting)s: “%(found)s” is no kind of database this program can use."),
        _("Begin the address with postgresql:// or sqlite://."),
    ),
    "setting.database_option": (
        _("%(setting)s: the option %(found)s is not supported."),
        _("Remove it, or see the list of options in docs/operator/settings.md."),
    ),
    # --- the database server ---
    "database.unreachable": (
        _("The database %(place)s cannot be reached: %(found)s"),
        _("Check DATABASE_URL and that the database server runs."),
    ),
    "database.tls": (
        _(
            "DATABASE_URL asks for an encrypted connection (sslmode=%(sslmode)s), and none comes "
            "about: %(found)s"
        ),
        _(
            "Switch TLS on at the database server and name its certificate authority with "
            "sslrootcert. Nothing was sent unencrypted."
        ),
    ),
    # --- from one version to the next ---
    "upgrade.newer_database": (
        _("A newer version of this program has changed the database (%(found)s)."),
        _(
            "Start that version or a newer one. To stay with this one, restore the backup that was "
            "made before the upgrade (backups/before-upgrade-….zip) into an empty place."
        ),
    ),
    "upgrade.failed": (
        _("The upgrade of the database failed: %(found)s"),
        _(
            "Go back: install the earlier version and restore %(file)s, which was made before, "
            "into an empty data directory and an empty database."
        ),
    ),
    "backup.no_database": (
        _("There is no database yet: %(target)s."),
        _("Start the server once, or check ALPCLUSTERS_HOME and DATABASE_URL."),
    ),
    "backup.not_written": (
        _("The backup %(target)s cannot be written: %(reason)s."),
        _("Make room or choose another place. The installation itself was not changed."),
    ),
    "backup.not_copied": (
        _("The backup could not be copied to %(folder)s: %(reason)s."),
        _("Check that the folder is there (mounted) and can be written. The backup here is good."),
    ),
    "backup.bucket_address": (
        _("ALPCLUSTERS_BACKUP_BUCKET: “%(found)s” is not the address of a bucket."),
        _("Write https://SERVER/BUCKET/FOLDER. Without encryption only this machine is allowed."),
    ),
    "backup.bucket_keys": (
        _("The keys for the bucket cannot be used; file: %(file)s"),
        _(
            "Write access key and secret key into the file named by "
            "ALPCLUSTERS_BACKUP_BUCKET_KEYS, one a line, readable for its owner alone (chmod 600)."
        ),
    ),
    "backup.bucket_fails": (
        _("The bucket %(bucket)s cannot be used: %(reason)s"),
        _("Check address, keys and rights: files are written, read, listed and deleted."),
    ),
    "backup.bucket_empty": (
        _("There is no daily backup in the bucket %(bucket)s."),
        _("Check ALPCLUSTERS_BACKUP_BUCKET; the folder belongs to the address."),
    ),
    "backup.bad_recipient": (
        _("ALPCLUSTERS_BACKUP_RECIPIENT: “%(found)s” is no public key."),
        _("Make one with alpclusters backup --make-key FILE."),
    ),
    "backup.bad_identity": (
        _("The file %(file)s holds no secret key, or cannot be read or written."),
        _("Name the file that alpclusters backup --make-key made."),
    ),
    "backup.no_passphrase": (
        _("There is no passphrase in the file %(file)s."),
        _("Check ALPCLUSTERS_BACKUP_PASSPHRASE_FILE."),
    ),
    "backup.keys_stay_closed": (
        _("The keys in the backup cannot be opened with %(file)s."),
        _("Name the right file. Without any the rest can be restored; phones then join again."),
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
        _("Restore into an empty data directory (--into) and an empty database (DATABASE_URL)."),
    ),
    "backup.of_newer_version": (
        _("The backup was made by a newer version of this program (%(found)s)."),
        _("Restore it with that version or a newer one."),
    ),
    "backup.rows_differ": (
        _("These tables have other numbers of rows than the backup says: %(found)s."),
        _("Do not use what this backup gives; take another one."),
    ),
    # --- territory ---
    "territory.unknown_vintage": (
        _("%(found)s is no year in which NUTS codes were issued."),
        _("Name one of these years: %(expected)s."),
    ),
}
