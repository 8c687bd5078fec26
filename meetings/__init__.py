"""Joint meetings (依法行政联席会议), rules 二(一)."""
