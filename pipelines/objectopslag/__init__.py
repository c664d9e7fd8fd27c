"""Publications by way of an object store that speaks S3: from who builds to who serves."""
