"""Pages for people (หน้าจอ), one package per area: addresses, views, forms and templates. Writes go through the door only."""
