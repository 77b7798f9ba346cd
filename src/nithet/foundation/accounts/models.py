"""Accounts."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from nithet.kernel.digest import sha256_hex


class UserManager(BaseUserManager["User"]):
    """Makes accounts; names are compared without regard to case."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Create an account; without a password nobody can sign in to it until one is set."""
        user = self.model(username=username.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find an account by its user name, whatever its case."""
        return self.get(username=(username or "").lower())


class User(AbstractBaseUser):
    """One who signs in (ผู้ใช้งาน): a person, or the shared desk of a school.

    What the account may do comes from its postings, never from a flag here.
    """

    class Kind(models.TextChoices):
        """Whether one person or a school's desk stands behind the account."""

        PERSON = "person", _("Person")
        DESK = "desk", _("School desk")

    username = models.CharField(
        _("User name"), max_length=150, unique=True, validators=[UnicodeUsernameValidator()]
    )
    display_name = models.CharField(_("Name shown"), max_length=200)
    email = models.EmailField(_("E-mail"), blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    # Counted up when the account is closed or its way in is given anew: every sitting from before ends at once.
    sittings_ended = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]
    objects = UserManager()

    class Meta:
        """User names are unique whatever their case."""

        verbose_name = _("account")

    def __str__(self) -> str:
        """Show the name that papers show."""
        return self.display_name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind a sitting to the password, as Django does, and to how often sittings were ended."""
        bound: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        if not self.sittings_ended:
            return bound
        return sha256_hex(f"{bound}:{self.sittings_ended}".encode())

    @property
    def is_desk(self) -> bool:
        """Say whether several people share this account, so that each must name themselves."""
        return self.kind == self.Kind.DESK
