"""The paper on the wall: printed sheets, the page behind their code, and the photographed board."""
