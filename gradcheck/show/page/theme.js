// The button that changes between light and dark. Without it a page follows the system.

function startTheme(button) {
  const root = document.documentElement;
  followHost(root);
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";
  const describe = () => {
    button.textContent = isDark() ? "Light colours" : "Dark colours";
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    describe();
  });
  system.addEventListener("change", describe);
  describe();
}

// A page inside another one of the same site has its colours: those that the theme of our
// documentation has chosen.
function followHost(root) {
  const host = window.frameElement?.ownerDocument.body;
  const follow = () => {
    const { theme } = host.dataset;
    if (["light", "dark"].includes(theme)) {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
  };
  if (host) {
    follow();
    new MutationObserver(follow).observe(host, { attributeFilter: ["data-theme"] });
  }
}

startTheme(document.getElementById("theme"));
