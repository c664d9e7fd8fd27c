"""Kaart: where does an indicator stand high or low?"""
