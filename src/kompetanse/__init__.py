"""The thinking behind Kompetanseforum: plain values in, plain values out; no Django."""
