/**
 * The widget of one question. The kernel judges and keeps the record; this page knows no key.
 *
 * anywidget takes one text that imports nothing, so `page/joining.py` joins this file with all it imports.
 */
import { QuestionPage } from "./question_page.js";

/**
 * Show a question, and another one in its place where the kernel asks another; return what takes it away again.
 *
 * A page that is loaded while other numbers are asked goes back to the answer that counts.
 */
function render({ model, el }) {
  const shown = () => {
    const page = new QuestionPage(model, el);
    page.show();
    return page;
  };
  let page = shown();
  if (page.view.in_other_numbers) page.kernel.practise("leave");
  const changed = () => {
    const { goes } = page;
    page.remove();
    page = shown();
    page.takePlace(goes);
  };
  model.on("change:view", changed);
  return () => {
    model.off("change:view", changed);
    page.remove();
  };
}

export default { render };
