"""The nouns of the lowest layer, one a file."""

from .area import Area
from .post import Post
from .signin import SignInLock
from .unit import Desk, Succession, Unit, UnitName
from .user import User

__all__ = ["Area", "Desk", "Post", "SignInLock", "Succession", "Unit", "UnitName", "User"]
