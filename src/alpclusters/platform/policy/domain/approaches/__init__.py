"""Joint approaches of several regions: who adopts what until when, and how far each one is."""
