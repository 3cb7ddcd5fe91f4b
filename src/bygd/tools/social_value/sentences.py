"""Sentences: what the tool says by itself, in English; the catalogues beside this package have the other languages."""

VALUE_WITHIN = "The contract is worth {value}: the policy applies."
VALUE_BELOW = "The contract is worth {value}, and the policy applies above {limit}."
VALUE_LEAST = "The contract is worth {value}, and the policy applies from {limit}."
WEIGHT_WITHIN = "Social value weighs {weight} of the score."
WEIGHT_MOST = "Social value would weigh {weight} of the score; the policy allows {limit} at most."
WEIGHT_LEAST = "Social value would weigh {weight} of the score; the policy asks for {limit} at least."
WEIGHT_NONE = "This is a condition for how the contract is carried out: it has no weight in the award."
WEIGHT_WITHOUT = "Social value has no weight in the score, so nothing can be scored."
FEWEST = "Measures chosen: {number}; the policy asks for {limit} at least."
HIGHEST = "Measures chosen: {number}; the policy allows {limit} at most."
ALWAYS = "The policy asks for these measures every time: {measures}."
NUMBER_WITHIN = "Measures chosen: {number}."
SPREAD_EVEN = "The weight is spread evenly over the measures chosen; the policy allows no other spread."
SPREAD_SUM = "The weights of the measures add up to {sum}, and social value weighs {weight}."
SPREAD_MISSING = "How the weight is spread is not said: give each measure its weight."
DECIDED = "Decided otherwise: {decided}"
ASK = "Not answered yet: {question}"
NO = "Answered no: {question} {advice}"
YES = "Answered yes: {question}"
NOT_VERIFIED = "The source of this was not read: {what}."

MESSAGES = (
    VALUE_WITHIN, VALUE_BELOW, VALUE_LEAST, WEIGHT_WITHIN, WEIGHT_MOST, WEIGHT_LEAST, WEIGHT_NONE, WEIGHT_WITHOUT,
    FEWEST, HIGHEST, ALWAYS, NUMBER_WITHIN, SPREAD_EVEN, SPREAD_SUM, SPREAD_MISSING, DECIDED, ASK, NO,
    YES, NOT_VERIFIED,
)  # fmt: skip
"""All of them; a test sees that each is translated."""
