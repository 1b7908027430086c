"""What right beside a name ties it to care: what was done, what somebody has, how they are."""

import re

from bot.guidelines.privacy.context import PROCEDURES, TOPICS

_OWN = r"(?:his|her|their|a|an|the)"
_WORDS = r"(?:[\w-]{1,20} ){0,3}"
_NOUNS = r"(?:(?!(?:on|about|of|for|in|into|to|and|at|is|was)\b)[\w-]{1,20} ){0,2}"
_STATE = (
    r"admitted|discharged|diagnosed|operated on|hospitali[sz]ed|intubated|sectioned"
    r"|treated (?:at|by|for|in|with)|referred to|rushed (?:in|to)|recovering|stable"
    r"|seen (?:today|in|by|for|at)"
    r"|in (?:labou?r|recovery|surgery|intensive care|(?:our|the) (?:n?icu|ward|unit|care))"
    r"|home (?:again|now|from)|back (?:home|in our|with us)|cancer[- ]free|refusing|doing (?:great"
    r"|well|better)|o(?:ff|n) (?:the |a |his |her )?(?:ventilator|oxygen|dialysis|chemo)"
    r"|out of (?:surgery|intensive care|(?:the )?icu)"
)
_DEED = (
    r"underwent|relapsed|overdosed|miscarried|tested (?:\w{1,20} )?(?:positive|negative)"
    r"|gave birth|passed away"
    r"|came (?:in|back) (?:with|for|after|today)|presented with|complained of|collapsed"
    r"|did (?:great|well)"
    r"|rang (?:the|our|that) bell|fell (?:again|in|on|out)|walked out"
    rf"|suffered (?:from|{_OWN})|(?:lost|fought) {_OWN} {_WORDS}(?:battle|fight|life|baby)"
    rf"|(?:beat|fought|finished|survived|needs|has|had|have) {_WORDS}(?:{TOPICS}|{PROCEDURES}"
    r"|stitches|c-section|baby)"
    rf"|ha[sd] {_OWN} {_WORDS}(?:out|removed)"
    rf"|got {_OWN} {_WORDS}(?:hip|knee|implant|pacemaker|results?|all[- ]clear|diagnosis)"
)

AFTER = re.compile(
    rf",?\s(?:who\s|and\s)?(?:(?:(?:was|is|got|gets|were|being|remains|ha[sd] been)\s"
    rf"(?:(?:just|now|finally|safely|still|sadly|re)\s?){{0,2}}(?:{_STATE})"
    rf"|(?:(?:ha[sd]|just|sadly|finally)\s){{0,2}}(?:{_DEED}))(?!\w)"
    rf"|whose\s{_WORDS}(?:{PROCEDURES}|results?)(?!\w))"
    r"|,? for (?:trusting|letting|choosing|allowing) (?:us|me|our)(?!\w)"
    rf"|'s {_NOUNS}(?:{TOPICS}|{PROCEDURES}|results?|stay|admission|wound)(?!\w)",
    re.IGNORECASE,
)
"""Behind a name: something that befell its bearer."""

BEFORE = re.compile(
    r"\b(?:get well(?: soon)?|pray(?:ing|ers)? for|goodbye to|farewell(?: to)?"
    r"|discharge day|proud of|happy for|rip|hug for|well done"
    r"|patient|resident|mother of|father of|family of|wife of|husband of|son of|daughter of"
    r"|lost|miss|little|baby|brave|our)[,:]?\s$",
    re.IGNORECASE,
)
"""Before a name: somebody who is wished well or mourned, which beside care tells of it."""
