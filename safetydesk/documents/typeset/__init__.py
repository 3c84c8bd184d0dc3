"""Chinese text onto pages: faces, line break opportunities, filling of lines, pages, ink.

Lengths inside a line are whole thousandths of an em (as in the faces), so that no rounding of floats can move a
break; on the page they are points.
"""
