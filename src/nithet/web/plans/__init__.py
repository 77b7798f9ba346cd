"""Pages of the plan (แผนปฏิบัติการ): projects, policies, reviews, versions, calendar, and what last year asked for."""
