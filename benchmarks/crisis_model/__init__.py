"""Trains the small encoder of the crisis screen; see train.py."""
