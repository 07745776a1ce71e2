"""Who fits an offer: a small language of conditions, three-valued, with its reasons."""
