"""A judge of one's own: cheap, and suspicious of whatever sounds like a known answer."""


def shares_pairs(case):
    """The share of a known answer's pairs of letters that a candidate has too, the largest of all answers."""
    answers = [pairs(text) for _, text in case.positives]
    return [max(len(a & pairs(text)) / len(a) for a in answers) for _, text in case.candidates]


def pairs(text):
    """All pairs of neighbouring letters."""
    return {text[i : i + 2] for i in range(len(text) - 1)}
