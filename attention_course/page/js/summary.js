/** The widget of a lesson's summary. The kernel says what there is to say; this page leads to the questions. */
import { SummaryPage } from "./summary_page.js";

/** Show a summary; return what takes it away again. */
function render({ model, el }) {
  const page = new SummaryPage(model, el);
  page.show();
  return () => page.remove();
}

export default { render };
