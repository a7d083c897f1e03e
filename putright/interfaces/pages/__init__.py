"""The look shared by staff and residents: templates, forms, words and dates. It knows no other app."""
