"""The way of a statement across all subjects: nothing below imports this."""
