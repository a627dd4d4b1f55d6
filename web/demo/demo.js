/** Lets the page's own buttons open the widget and ask in it. */
const widget = document.querySelector('mujib-chat');

for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => {
    widget.open();
    if (button.dataset.ask) widget.say(button.dataset.ask);
  });
}
