// The button that changes between light and dark. Without it a page follows the system.

function startTheme(button) {
  const root = document.documentElement;
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

startTheme(document.getElementById("theme"));
