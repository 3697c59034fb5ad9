"""The demo's account: what the two read-only billing calls of CometAPI's own command line show."""

from seedream_desktop.demo.models import Family

HARD_LIMIT_USD = 20.0


class Account:
    """Money that was put in and money that pictures have cost; used on the event loop only."""

    def __init__(self) -> None:
        self._spent_usd = 0.0

    def charge(self, family: Family, pictures: int) -> None:
        """Books pictures that were generated, whether or not their answer reached the client."""
        self._spent_usd += family.price_usd * pictures

    def subscription(self) -> dict[str, object]:
        """`GET /dashboard/billing/subscription`."""
        return {
            "object": "billing_subscription",
            "has_payment_method": True,
            "soft_limit_usd": HARD_LIMIT_USD,
            "hard_limit_usd": HARD_LIMIT_USD,
            "system_hard_limit_usd": HARD_LIMIT_USD,
            "access_until": 0,
        }

    def usage(self) -> dict[str, object]:
        """`GET /dashboard/billing/usage`, in cents."""
        return {"object": "list", "total_usage": round(self._spent_usd * 100, 4)}
