"""Contracts: the register that people keep, what ends when, and what is bought outside it."""
