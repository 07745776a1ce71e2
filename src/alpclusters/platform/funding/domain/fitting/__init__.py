"""What fits an organisation, a measure, an action: offers of the catalogue judged for them."""
