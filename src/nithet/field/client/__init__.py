"""The offline client's own addresses: the page that opens from the device, its worker and its manifest."""
