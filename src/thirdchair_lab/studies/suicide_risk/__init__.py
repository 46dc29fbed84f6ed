"""How a method rates danger to a person's own life, on vignettes whose level follows from their design; and SIRI-2."""
