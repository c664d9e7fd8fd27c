"""What a page says as a whole: of the country, of a region, of the stories and the deliveries."""
