"""Landelijk beeld: are we on course?"""
