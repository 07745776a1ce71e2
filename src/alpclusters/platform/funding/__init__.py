"""Funding: programmes, calls and offers, cases with their mixes, joint schemes and policy mixes."""
