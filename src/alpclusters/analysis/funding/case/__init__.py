"""What is asked: partners, costs, offers, and how they hang together."""
