// Where the visitor is: asked of the device only when the visitor presses the button, and sent with nothing else.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-place-button]");
  if (!button || !navigator.geolocation) return;
  const form = button.closest("[data-place]");
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      form.elements.latitude.value = coords.latitude.toFixed(5);
      form.elements.longitude.value = coords.longitude.toFixed(5);
      form.submit();
    },
    () => {
      // Sent empty, so that the page says in words that there was no usable place.
      form.submit();
    },
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 },
  );
});
