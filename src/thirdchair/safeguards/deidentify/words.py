"""The word lists: census names, names that are also words, and capitalised words that name no one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from thirdchair.errors import SafeguardUnavailable
from thirdchair.safeguards.deidentify.lexicon import listed, sections

COMMON_SURNAMES: Final = 20_000
"""How many of the 88,799 surnames of the 1990 US census count as evidence; rarer ones are mostly noise."""

_LEADING: Final = 150
_NOT_LEADING: Final = frozenset({"joy", "will", "may", "grace", "hope", "faith", "art"})
_MEDICINE_LIST: Final = (
    "pine apine azine pril olol statin mab azole cillin zepam zolam xetine oxetine afil idone formin tide sartan "
    "mycin floxacin prazole tidine triptan barbital caine dronate gliptin gliflozin parin setron thiazide traline "
    "codamol verine gynon cetamol profen salazine alopram faxine triptyline ipramine valproate lamide amide tinib umab cycline pidem clone tonin vir"
)
_ILLNESS_LIST: Final = (
    "itis osis emia aemia ectomy ostomy otomy algia opathy uria noma plasty oscopy ography phobia philia plegia paresis "
    "trophy rrhea rrhoea phasia phagia praxia lexia ergic opia cyte penia"
)
_ILLNESS_ENDINGS: Final = tuple(_ILLNESS_LIST.split())
_MEDICINE_ENDINGS: Final = tuple(_MEDICINE_LIST.split())


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Given names of the 1990 US census and of the wider world, lower case."""
    census = frozenset(_census("dist.female.first")) | frozenset(_census("dist.male.first"))
    return census | _world("given")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """The commonest surnames of the 1990 US census, and of the wider world, lower case."""
    ranked = _census("dist.all.last")
    return frozenset(name for name, _ in zip(ranked, range(COMMON_SURNAMES), strict=False)) | _world(
        "surnames"
    )


@lru_cache(maxsize=2)
def _world(section: str) -> frozenset[str]:
    """Our own names of one section: "given" or "surnames"."""
    return frozenset(sections("names_world_en.txt")[section])


@lru_cache(maxsize=1)
def leading_given_names() -> frozenset[str]:
    """The commonest given names, lower case: "Mark" and "Frank" are names even where they open a sentence."""
    ranked = (_census("dist.male.first"), _census("dist.female.first"))
    return (
        frozenset(name for names in ranked for name, _ in zip(names, range(_LEADING), strict=False))
        - _NOT_LEADING
    )


@lru_cache(maxsize=1)
def cities() -> frozenset[str]:
    """Large cities, lower case."""
    return frozenset(city.replace("_", " ") for city in listed("cities_en.txt"))


def is_word_name(word: str) -> bool:
    """Whether a name is also an everyday word, so that only a cue makes it a name.

    >>> is_word_name("Joy"), is_word_name("Okafor")
    (True, False)
    """
    return word.casefold() in listed("word_names_en.txt")


def survives(word: str) -> bool:
    """Whether a capitalised word names no one: a month, a role, a medicine, a treatment, a country.

    >>> survives("Prozac"), survives("CBT"), survives("Escitalopram"), survives("Okafor")
    (True, True, True, False)
    """
    plain = word.casefold().replace("’", "'").removesuffix("'s").strip(".")
    if (
        plain in listed("survivors_en.txt")
        or plain in listed("openers_en.txt")
        or plain in listed("clinical_en.txt")
    ):
        return True
    if "-" in plain and (
        plain.split("-")[0] in listed("survivors_en.txt")
        or any(part in listed("clinical_en.txt") for part in plain.split("-"))
    ):
        return True
    return is_medicine(plain) or (
        len(plain) > 6 and plain.endswith(_ILLNESS_ENDINGS) and plain not in given_names()
    )


def is_medicine(word: str) -> bool:
    """Whether a word ends as the names of medicines do.

    >>> is_medicine("sertraline"), is_medicine("afternoon")
    (True, False)
    """
    plain = word.casefold()
    return len(plain) > 7 and plain.endswith(_MEDICINE_ENDINGS) and plain not in given_names()


def words_in(listed: str) -> frozenset[str]:
    """The words of a list that is written as one string."""
    return frozenset(listed.split())


def is_opener(word: str) -> bool:
    """Whether a word is never a name, whatever stands before it: a pronoun, a role, a word for kin.

    >>> is_opener("The"), is_opener("Therapist"), is_opener("Virginia")
    (True, True, False)
    """
    return word.casefold().replace("’", "'").removesuffix("'s") in listed("openers_en.txt")


def _census(filename: str) -> Iterator[str]:
    """The names in one file of the `names` package, commonest first.

    Raises:
        SafeguardUnavailable: the package or its file is missing.
    """
    try:
        lines = files("names").joinpath(filename).read_text(encoding="ascii").splitlines()
    except (ImportError, OSError) as error:
        raise SafeguardUnavailable(
            f"The census name list {filename} is missing ({type(error).__name__}). "
            "Install Thirdchair's requirements again; nothing is sent to a model without it."
        ) from None
    return (line.split()[0].casefold() for line in lines if line)
