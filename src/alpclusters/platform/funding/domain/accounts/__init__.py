"""The account of de minimis aid of an organisation: entries, undertakings, registers, cases."""
