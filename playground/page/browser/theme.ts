import { h } from "./dom.ts";

const KEY = "theme";
const media = matchMedia("(prefers-color-scheme: dark)");

const current = (): "light" | "dark" => {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "light" || chosen === "dark") return chosen;
  return media.matches ? "dark" : "light";
};

const apply = (): void => {
  document.documentElement.dataset.theme = current();
};

/** The switch between light and dark. Until it is used, the system decides. */
export function themeSwitch(): HTMLElement {
  apply();
  const button = h("button", { type: "button", class: "tool" });
  const label = (): void => {
    button.textContent = current() === "dark" ? "Light" : "Dark";
    button.setAttribute("aria-label", `Switch to ${current() === "dark" ? "light" : "dark"}`);
  };
  button.addEventListener("click", () => {
    localStorage.setItem(KEY, current() === "dark" ? "light" : "dark");
    apply();
    label();
  });
  media.addEventListener("change", () => {
    apply();
    label();
  });
  label();
  return button;
}
