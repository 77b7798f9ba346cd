"""Reports on supervision as plain values, and how they are set on paper, sheets and slides."""
