"""The bare page that Putright's pages are measured against: as little as Django can do for somebody signed in."""
