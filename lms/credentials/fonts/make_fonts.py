"""Make the certificate fonts in this folder from the files of one npm package.

    npm pack @expo-google-fonts/noto-serif-sc && tar xzf expo-google-fonts-noto-serif-sc-*.tgz
    python make_fonts.py package .

The first argument is the unpacked package, the second the folder to write to. Needs fonttools
(requirements-dev.txt) and about a minute. The same input gives the same bytes.
"""

import argparse
import shutil
import unicodedata
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

REGULAR = "400Regular/NotoSerifSC_400Regular.ttf"
BOLD = "700Bold/NotoSerifSC_700Bold.ttf"
LICENCE = "LICENSE_FONT"

# Latin, its accents, and the signs used in titles, dates and numbers.
LATIN_RANGES = ((0x20, 0x7E), (0xA0, 0x17F), (0x2010, 0x2027), (0x2030, 0x203A), (0x3000, 0x301F), (0xFF01, 0xFF5E))
EXTRA = "〇·•…—–“”‘’《》〈〉「」『』【】〔〕￥€№℃×÷±°"
KEPT_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "palt", "halt", "chws"]


def gb2312_characters() -> set[str]:
    """Every character of GB2312, read out of Python's own codec."""
    found = set()
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                found.add(bytes((lead, trail)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def bold_characters() -> set[str]:
    latin = {chr(code) for first, last in LATIN_RANGES for code in range(first, last + 1)}
    return gb2312_characters() | latin | set(EXTRA)


def printable(code: int) -> bool:
    """Whether a code point belongs in the list: no controls, no surrogates, no private use."""
    return unicodedata.category(chr(code)) not in {"Cc", "Cs", "Co", "Cn"}


def subset(source: Path, target: Path, wanted: set[str] | None) -> set[str]:
    """Write `target` with the wanted characters (None: all); return the characters it has."""
    font = TTFont(source, recalcTimestamp=False)
    codes = set(font.getBestCmap())
    if wanted is not None:
        codes &= {ord(character) for character in wanted}
    options = Options(
        hinting=False,
        layout_features=KEPT_FEATURES,
        name_IDs=["*"],
        notdef_outline=True,
        glyph_names=False,
        drop_tables=["vhea", "vmtx", "VORG", "DSIG", "STAT", "meta"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target, reorderTables=True)
    return {chr(code) for code in codes if printable(code)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("package", type=Path, help="the unpacked npm package")
    parser.add_argument("target", type=Path, help="the folder to write to")
    arguments = parser.parse_args()
    characters = subset(arguments.package / REGULAR, arguments.target / "NotoSerifSC-Regular.ttf", None)
    subset(arguments.package / BOLD, arguments.target / "NotoSerifSC-Bold.ttf", bold_characters())
    text = "".join(sorted(characters))
    (arguments.target / "NotoSerifSC-Regular.chars.txt").write_text(text, encoding="utf-8", newline="")
    shutil.copyfile(arguments.package / LICENCE, arguments.target / "OFL.txt")


if __name__ == "__main__":
    main()
