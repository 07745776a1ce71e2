"""The public catalogue of funding: search, programmes, calls, offers, calendar, feed, exports."""
