/** The widget of what is due today: it leads to the cards, and hands out files. */
import { TodayPage } from "./today_page.js";

/** Show it; return what takes it away again. */
function render({ model, el }) {
  const page = new TodayPage(model, el);
  page.show();
  return () => page.remove();
}

export default { render };
