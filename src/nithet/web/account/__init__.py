"""The ways in and a person's own settings (การเข้าใช้งาน, บัญชีของฉัน).

Sign-in by user name and password (a school's user name is its code), second factor by an authenticator app with recovery
codes, change of password, and how pages are shown. django-allauth decides; the words and the look are ours. Only the
addresses named in `urls.py` exist: nobody signs up by themselves, and a forgotten password is set anew by an administrator.
"""
