"""Who should meet whom: candidates, their texts and ties, and searches for partners."""
