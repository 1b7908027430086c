"""The words around an identifier that make it somebody's health."""

import re

from bot.guidelines.privacy.passage import Surroundings

_PATIENT = (
    r"(?<!every )(?<!each )(?<!any )(?<!per )(?<!no )(?<!for )"
    r"(?<!new )patient(?! (?:care|choice|needs|power"
    r"|safety|portals?|experience|data|privacy|information|advoca\w+|groups?"
    r"|rights|councils?|forum|day|week|satisfaction|engagement|education|outcomes?|services?"
    r"|records?|voices?|access|flow|leaflets?|line|stor(?:y|ies)|survey|involvement|transport))"
)
_EVENT = (
    r"diagnos(?:ed|is)|dx'?d?|admit(?:ted)?|admission|discharged?|underwent|undergo(?:es|ing)?"
    r"|operated|treated|prescribed|tests? positive|tested positive|hospitali[sz]ed|post-?op"
    r"|relapsed?|overdosed?|miscarr(?:ied|iage)|in labou?r|follow(?:ed)?-? ?up"
    r"|mrn|years?[- ]old|yrs?[- ]old|(?:months?|weeks?|days?)[- ]old"
    r"|chest pain|(?:came|checked|rushed) in|saved (?:him|her|his|my)"
    r"|seen (?:at|by|in|on|for|today|last)|present(?:ed|ing|s) with|passed away|rang the bell"
    r"|(?:hip|knee) (?:op|replacement)|hx|pt|rx|s/p|referred|evaluated|in recovery|gave birth"
    r"|visit(?:ed|s)? (?:to )?(?:our|my|the) (?:\w+ ){0,2}(?:clinic|hospital|ward|practice|office)"
    r"|(?:last|first|latest) visit|(?:our|my|his|her) (?:ward|appointment)"
    r"|appointment (?:at|with|on)"
    r"|(?:in|to|into|from|of|off|on|left) (?:the |our |a |his |her )?"
    r"(?:n?icu|er|a&e|rehab|hospice|detox|ventilator)|in intensive care"
    r"|fainted|collapsed|waiting room|broke (?:his|her|a)|lost (?:his|her) (?:battle|fight|baby)"
    r"|intubated|sectioned|tumou?r removed|stitches|his knee|her knee"
)
PROCEDURES = (
    r"operation|surger(?:y|ies)|biops(?:y|ied)|chemo(?:therapy)?|radiotherapy|seizures?"
    r"|scan(?:ned)?|labs?|blood work|transplant|dialysis|check-?up|test results?|x-?ray|mri|bypass"
    r"|consult(?:ed|ation)?|c-section|implant|stent|mastectomy|amputation|detox|rehab"
)
TOPICS = (
    r"cancer|diabetes|stroke|pneumonia|recover(?:y|ing|ed|s)|pregnan\w+|pain|medications?|meds"
    r"|leuk[a]?emia|lymphoma|tumou?r|hiv|aids|epilepsy|asthma|copd|depression|anxiety|bipolar"
    r"|schizophrenia|dementia|alzheimer'?s|parkinson'?s|heart attack|heart failure|sepsis|covid"
    r"|hypertension|arthritis|migraines?|symptoms?|treatment|condition|disease|infection|injur(?:y|ies)"
    r"|wound|fracture|broken (?:arm|leg|hip|wrist)|autism|adhd|miscarriage|addiction|alcoholism"
    r"|eczema|psoriasis|tb|tuberculosis|sclerosis|lupus|hepatitis|cirrhosis|gout|hernia|ulcers?"
    r"|appendicitis|concussion|chlamydia|syphilis|endometriosis|fibroids|glaucoma|cataracts?|psychosis"
    r"|ptsd|insomnia|meningitis|malaria|measles|overdose|withdrawal"
    r"|eating disorder|anorexia|bulimia|suicid\w+|self-harm"
)
_RELATION = (
    r"he|she|his|her|him|hers|lives? with|living with|suffer(?:s|ed|ing)?"
    r"|battl(?:es|ed|ing)|fight(?:s|ing)|fought|beat|beats|surviv(?:es|ed|ing)|dies|died"
    r"|recovering|recovered|my"
)

EVENT = re.compile(
    rf"(?<![\w#@])(?:\d{{1,3}} ?(?:y/?o|yo|[MF])|{_EVENT}|{_PATIENT})(?!\w)", re.IGNORECASE
)
"""Something that happened in the care of one person, or the word for that person."""

PROCEDURE = re.compile(rf"(?<!\w)(?:{PROCEDURES})(?!\w)", re.IGNORECASE)
"""What is done for somebody, and spoken of without anybody as well."""

TOPIC = re.compile(rf"(?<!\w)(?:{TOPICS})(?!\w)", re.IGNORECASE)
"""What a text may be about without being about anybody."""

RELATION = re.compile(
    rf"(?<!\w)(?:{_RELATION})(?!\w)"
    rf"|(?:'s|\bha(?:s|d|ving)) (?:[\w-]{{1,20}} ){{0,3}}(?:{TOPICS}|{PROCEDURES})(?!\w)",
    re.IGNORECASE,
)
"""What ties a topic or a procedure to a person."""

PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
"""Somebody in particular."""

OURS = re.compile(r"\b(?:our|us|we|here)\b", re.IGNORECASE)
"""The house that writes."""

THEIR_OWN = re.compile(r"\b(?:his|her)\b", re.IGNORECASE)
"""What belongs to one person."""

HOUSE = re.compile(
    r"\b(?:we|our|us|my|i|here|today|tonight|this morning|yesterday|last night)\b", re.IGNORECASE
)
"""The voice of somebody who was there."""

EXACT_AGE = re.compile(
    r"(?<![\w.])\d{1,3}[\s-]{0,2}(?:years?[\s-]old|yrs?[\s-]old|year-old|y/?o|y\.o\.|yo|y)(?!\w)",
    re.IGNORECASE,
)
"""Somebody's age to the year."""

ONE_PATIENT = re.compile(
    r"(?<![\w.])\d{1,3}[\s-]{0,2}(?:years?[\s-]old|yrs?[\s-]old|year-old|y/?o|y\.o\.|yo|y)\b"
    r"(?!\w)|\b(?:patient|pt)\b(?! (?:care|safety|portal|council|forum|group|day|week|event|info"
    r"|experience|data|privacy|rights|education|services?))",
    re.IGNORECASE,
)
"""One patient in outline: an exact age, or the word in the singular."""

CARE = re.compile(
    r"\b(?:seen|admit(?:ted)?|admission|visit(?:ed|s)?|evaluated|assessed|treated|referred"
    r"|diagnosed|dx'?d?|discharged|operated|underwent|presented|check-?up|checked in|endoscopy"
    r"|surgery|procedure|biopsy|scan(?:ned)?|died|passed away|delivered|transferred"
    r"|appointment|follow(?:ed|-up)?|carried out|performed|tested|transplant|stroke|x-?ray|mri"
    r"|documented|consult(?:ed|ation)?|hospitali[sz](?:ed|ation)|post-op|started on|experienced"
    r"|reviewed|attended|cared for|attending|undergoing|implanted|appt|presenting|receiving care"
    r"|scheduled for|came in|(?:goes|went) home|rang the bell|in (?:the |our )?n?icu"
    r"|(?:his|her) (?:\w+ ){0,2}(?:op|operation|chemo(?:therapy)?|radiotherapy|bypass|dialysis"
    r"|stitches|treatment))\b",
    re.IGNORECASE,
)
"""What was done for somebody."""

RESIDES = re.compile(
    r"\b(?:(?:he|she|they|who|patient|pt|mr|mrs|ms) (?:\w+ ){0,2}(?:lives?|lived|resides?|stays)"
    r"|(?:his|her|their) (?:home|house|flat|address))\b|\bhome visit\b",
    re.IGNORECASE,
)
"""That somebody in care lives at a place."""

PERSON = re.compile(
    r"\b(?:patient|pt|resident|client|mr|mrs|ms|he|she|her|his|him|gentleman|lady|guy|man|woman"
    r"|kid|boy|girl|child|baby|family|mum|mom|dad|daughter|son|wife|husband)\b",
    re.IGNORECASE,
)
"""Somebody in particular."""


def is_clinical(around: Surroundings) -> bool:
    """Whether a stretch of prose is about the care or the illness of somebody."""
    about = around.has(TOPIC) or around.has(PROCEDURE)
    return around.has(EVENT) or (about and around.has(RELATION))


def is_about_health(around: Surroundings) -> bool:
    """Whether any word of care or illness stands in a stretch of prose."""
    return around.has(EVENT) or around.has(PROCEDURE) or around.has(TOPIC)


def is_care(around: Surroundings) -> bool:
    """Whether a stretch of prose tells of something that is done for people, one or many."""
    return around.has(EVENT) or around.has(PROCEDURE)
