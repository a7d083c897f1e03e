"""Settings of the gallery of page parts, and of the tests of `putright.interfaces.pages`: no database, no other app."""

from django.utils.csp import CSP

SECRET_KEY = "only-for-the-gallery"
DEBUG = False
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "putright.interfaces.pages.gallery_urls"
INSTALLED_APPS = ["django.contrib.staticfiles", "putright.interfaces.pages"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {"environment": "putright.interfaces.pages.environment.environment"},
    }
]
STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}
CSRF_FAILURE_VIEW = "putright.interfaces.pages.views.csrf_failure"
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
