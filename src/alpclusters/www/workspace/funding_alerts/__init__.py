"""Mails about calls that fit."""
