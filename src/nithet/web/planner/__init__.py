"""Pages of the plan of visits: plan against done, proposal, dates, calendars (แผนการนิเทศ)."""
