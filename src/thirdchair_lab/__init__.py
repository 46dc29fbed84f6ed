"""The lab: the field's studies on any model, ending in signed evidence. It knows no Django and no web."""
