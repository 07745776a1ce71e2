"""What is asked: partners, costs, offers, and the mix that answers."""
