/**
 * The widget of one question. The kernel judges and keeps the record; this page knows no key.
 *
 * anywidget takes one text that imports nothing, so `page/joining.py` joins this file with all it imports.
 */
import { QuestionPage } from "./question_page.js";

/** Show a question, and another one in its place where the kernel asks another; return what takes it away again. */
function render({ model, el }) {
  const shown = () => {
    const page = new QuestionPage(model, el);
    page.show();
    return page;
  };
  let page = shown();
  const changed = () => {
    page.remove();
    page = shown();
  };
  model.on("change:view", changed);
  return () => {
    model.off("change:view", changed);
    page.remove();
  };
}

export default { render };
