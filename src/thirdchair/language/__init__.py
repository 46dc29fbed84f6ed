"""How a text reads: sentences, negation, words of risk, likeness. Used by uses and safeguards alike."""
