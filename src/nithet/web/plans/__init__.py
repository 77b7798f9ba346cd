"""Pages of the plan (แผนปฏิบัติการ): projects and what they led to."""
