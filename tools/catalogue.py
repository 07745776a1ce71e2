"""Keep the catalogues complete: extract messages, list what is missing, merge translations.

python tools/catalogue.py extract            rewrite the .po files from the sources
python tools/catalogue.py missing [PREFIX]   print untranslated messages as JSON
python tools/catalogue.py add FILE.json      merge translations (see CONTRIBUTING.md)
python tools/catalogue.py check              exit 1 if anything is missing or left over
"""

import fcntl
import gettext
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "alpclusters"
sys.path.insert(0, str(ROOT / "src"))

from alpclusters.platform.languages.catalogues import po_path  # noqa: E402
from alpclusters.platform.languages.codes import TRANSLATED_LANGUAGES  # noqa: E402
from alpclusters.platform.languages.rows import ROWS  # noqa: E402

KEYWORDS = (
    *("gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3"),
    *("pgettext_lazy:1c,2", "gettext", "ngettext:1,2", "ngettext_noop:1,2", "_"),
)


def _sources() -> list[Path]:
    found = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]
    return sorted(p for p in found if "migrations" not in p.parts and "vendor" not in p.parts)


def _templatised(path: Path) -> str:
    from django.conf import settings
    from django.utils.translation import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    return templatize(path.read_text(encoding="utf-8"), origin=str(path))


def _extract() -> polib.POFile:
    """Run xgettext over a copy of all sources in which templates became Python-like text."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for path in _sources():
            target = Path(folder) / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            is_python = path.suffix == ".py"
            text = path.read_text(encoding="utf-8") if is_python else _templatised(path)
            target.write_text(text, encoding="utf-8")
            names.append(str(path.relative_to(ROOT)))
        command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--no-wrap", "-o", "-"]
        command += [
            "--add-comments=Translators",
            "--keyword",
            *(f"--keyword={k}" for k in KEYWORDS),
        ]
        result = subprocess.run(  # noqa: S603 - fixed program, names of our own files
            [*command, "--", *names], cwd=folder, check=True, capture_output=True, text=True
        )
    return polib.pofile(result.stdout.replace("charset=CHARSET", "charset=UTF-8"))


def _open(language: str) -> polib.POFile:
    path = po_path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    return polib.POFile(wrapwidth=100)


def _typeset(text: str, language: str) -> str:
    """Set the spaces that must not break, and curved apostrophes, where a language wants them."""
    for typed, set_as in ROWS[language].typeset:
        text = re.sub(typed, set_as, text)
    return text


def _save(po: polib.POFile, language: str) -> None:
    for entry in po:
        entry.msgstr = _typeset(entry.msgstr, language)
        forms = entry.msgstr_plural.items()
        entry.msgstr_plural = {number: _typeset(text, language) for number, text in forms}
    po.metadata = {
        "Project-Id-Version": "AlpClusters",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": ROWS[language].plural,
    }
    po.sort(key=lambda e: (e.msgid, e.msgctxt or ""))
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    po.save(str(temporary))
    temporary.replace(path)


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def extract() -> None:
    """Bring every catalogue in line with the sources; translations are kept."""
    template = _extract()
    for language in TRANSLATED_LANGUAGES:
        _save(_renewed(template, language), language)


def _renewed(template: polib.POFile, language: str) -> polib.POFile:
    """Return a catalogue with what the sources say today, as far as translated."""
    old = {_key(e): e for e in _open(language)}
    po = polib.POFile(wrapwidth=100)
    for entry in template:
        known = old.get(_key(entry))
        fresh = polib.POEntry(
            msgid=entry.msgid,
            msgid_plural=entry.msgid_plural,
            msgctxt=entry.msgctxt,
            comment=entry.comment,
            flags=[f for f in entry.flags if f.endswith("-format")],
            occurrences=sorted({(name, "") for name, _ in entry.occurrences}),
        )
        if known is not None and bool(known.msgid_plural) == bool(fresh.msgid_plural):
            fresh.msgstr, fresh.msgstr_plural = known.msgstr, known.msgstr_plural
        po.append(fresh)
    return po


def _is_filled(entry: polib.POEntry, language: str) -> bool:
    if entry.msgid_plural:
        forms = [entry.msgstr_plural.get(i) for i in range(n_forms(language))]
        return all(forms)
    return bool(entry.msgstr)


def missing(template: polib.POFile, prefixes: list[str]) -> list[dict[str, object]]:
    """List messages that some language lacks, with the languages and the files."""
    found: dict[tuple[str, str], dict[str, object]] = {}
    for language in TRANSLATED_LANGUAGES:
        for entry in _renewed(template, language):
            files = [name for name, _ in entry.occurrences]
            wanted = not prefixes or any(f.startswith(p) for f in files for p in prefixes)
            if wanted and not _is_filled(entry, language):
                row = found.setdefault(_key(entry), {"msgid": entry.msgid, "files": files})
                if entry.msgid_plural:
                    row["plural"] = entry.msgid_plural
                if entry.msgctxt:
                    row["context"] = entry.msgctxt
                row.setdefault("languages", []).append(language)  # type: ignore[attr-defined]
    return list(found.values())


def left_over(template: polib.POFile) -> list[tuple[str, str]]:
    """List what catalogues hold and no source says any more: language and message."""
    said = {_key(entry) for entry in template}
    return [
        (language, entry.msgid)
        for language in TRANSLATED_LANGUAGES
        for entry in _open(language)
        if _key(entry) not in said
    ]


def check() -> bool:
    """Say what is missing or left over; nothing is written, since servers may start meanwhile."""
    template = _extract()
    for row in (lacking := missing(template, [])):
        print("missing", row["languages"], repr(row["msgid"]), row["files"])
    for language, message in (needless := left_over(template)):
        print("left over", language, repr(message))
    return not (lacking or needless)


def add(path: Path) -> None:
    """Merge translations from a JSON file into all catalogues."""
    rows = json.loads(path.read_text(encoding="utf-8"))
    for language in TRANSLATED_LANGUAGES:
        po = _open(language)
        known = {_key(e): e for e in po}
        for row in rows:
            key = (row.get("context", ""), row["msgid"])
            entry = known.get(key)
            if entry is None:
                entry = polib.POEntry(
                    msgid=row["msgid"],
                    msgctxt=row.get("context"),
                    msgid_plural=row.get("plural", ""),
                )
                po.append(entry)
                known[key] = entry
            if row.get(language):
                _fill(entry, row[language], language)
        _save(po, language)


def n_forms(language: str) -> int:
    """Return how many forms the catalogues of a language have for a counted text."""
    return int(re.findall(r"nplurals=(\d+)", ROWS[language].plural)[0])


def _spoken_forms(language: str) -> list[int]:
    """Return the places of the forms that small numbers take; French has one more for millions."""
    place = gettext.c2py(ROWS[language].plural.split("plural=")[1].rstrip("; "))
    return sorted({place(n) for n in ROWS[language].plural_examples.values()})


def _fill(entry: polib.POEntry, value: str | list[str], language: str) -> None:
    if isinstance(value, str):
        entry.msgstr = value
        return
    forms = list(value)
    spoken = _spoken_forms(language)
    if len(forms) == len(spoken) < n_forms(language):
        told = dict(zip(spoken, forms, strict=True))
        forms = [told.get(place, forms[-1]) for place in range(n_forms(language))]
    if len(forms) != n_forms(language):
        raise SystemExit(
            f"{language}: {entry.msgid!r} needs {n_forms(language)} forms, got {len(forms)}"
        )
    entry.msgid_plural = entry.msgid_plural or entry.msgid
    entry.msgstr_plural = dict(enumerate(forms))


def main(arguments: list[str]) -> int:
    """Run one command under a lock, so that two people can work at the same time."""
    command, *rest = arguments or ["check"]
    lock = ROOT / ".cache" / "catalogue.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if command == "extract":
            extract()
        elif command == "add":
            for name in rest:
                add(Path(name))
        elif command == "missing":
            print(json.dumps(missing(_extract(), rest), ensure_ascii=False, indent=1))
        elif command == "check":
            return 0 if check() else 1
        else:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
