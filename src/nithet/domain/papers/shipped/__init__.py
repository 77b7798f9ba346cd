"""The templates that come with the product, made by code: the crest sizes, fonts and margins of the rule on official papers."""
