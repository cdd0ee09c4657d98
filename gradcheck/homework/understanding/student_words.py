"""Words of other languages in the names of students' code, in English.

Students name functions and arguments in their own language, such as ``propagacion_adelante`` or
``Kostenfunktion``. Names are compared with patterns in English, so they are translated first. The
languages are French, German, Italian, Portuguese and Spanish.
"""

import re
import unicodedata
from functools import cache

__all__ = ["in_english"]

# Words, by what they mean in English. A star stands for any ending.
WORDS = {
    "backward": """retropropaga* retro_propaga* retropopaga* fehlerrueck* rueckpropag* rueckwaerts*
        ruckwarts* atras hacia_atras para_tras para_atras arriere indietro all_indietro inversa
        propagacion_atras propagacion_hacia_atras propagacion_inversa propagacao_inversa
        propagacao_para_tras propagation_arriere propagazione_indietro propagazione_all_indietro""",
    "forward": """adelante delante hacia_adelante hacia_delante para_frente avanti in_avanti
        vorwaerts* vorwarts* propagacion_adelante propagacion_hacia_adelante propagacion_directa
        propagacao_direta propagacao_para_frente propagation_avant propagation_directe
        propagazione_avanti propagazione_in_avanti""",
    "learning_rate": """tasa_aprendizaje tasa_de_aprendizaje ritmo_aprendizaje taxa_aprendizado
        taxa_de_aprendizado taxa_aprendizagem taxa_de_aprendizagem taux_apprentissage
        taux_d_apprentissage tasso_apprendimento tasso_di_apprendimento lernrate lernschritt""",
    "learning": "aprendizaje aprendizado aprendizagem apprentissage apprendimento",
    "predict": """abfrag* predec* predicc* predicao predire prevoir prever prevedi* vorhersag*
        inferir""",
    "train": """entren* treina* treino entrain* apprendre aprender trainier* addestr* allena*
        lernen""",
    "update": """actualiz* atualiz* mise_a_jour mettre_a_jour maj aktualisier* aggiorn* ajuste*
        ajustar* anpass*""",
    "cost": "costo costos coste costes custo custos cout couts kosten costi",
    "loss": "perdida perdidas perda perdas perte pertes perdita perdite verlust",
    "error": "fehler erreur erreurs erro erros errores errore",
    "derivative": "derivada derivadas derivado derivee derivees derivata ableitung ableitungen",
    "activation": "activaci* ativac* aktivierung* attivazion*",
    "initialize": """inicializ* initialis* inizializz* iniciar crear creer criar erstell*
        erzeug*""",
    "accuracy": "exactitud* genauigkeit acuracia accuratezza aciertos",
    "gradients": "gradientes gradienten gradienti",
    "gradient": "gradiente",
    "function": "funcion funcao fonction funktion funzione",
    "parameters": "parametro parametros parametre parametres parametri",
    "weights": "pesos poids gewichte pesi",
    "weight": "peso gewicht",
    "biases": "sesgos biais vieses schwellen schwellwerte umbrales",
    "bias": "sesgo vies schwelle schwellwert umbral",
    "layers": "capas camadas couches schichten strati",
    "layer": "capa camada couche schicht strato",
    "sizes": """tamanos tamanhos tailles groessen grossen dimensiones dimensoes dimensionen
        dimensioni""",
    "size": "tamano tamanho taille groesse grosse",
    "hidden": """oculto ocultos oculta ocultas cachee cachees versteckt versteckte*
        verdeckt verdeckte* nascosto nascosti nascosta nascoste escondida escondidas""",
    "inputs": """entrada entradas entree entrees eingabe eingaben eingang eingaenge ingresso
        ingressi merkmale""",
    "output": """salida salidas saida saidas sortie sorties ausgabe ausgaben ausgang ausgaenge
        uscita uscite""",
    "target": """objetivo objetivos deseado deseada deseados desejado desejada esperado esperada
        esperados etiqueta etiquetas etiquette etiquettes cible cibles attendu attendue attendus
        ziel ziele zielwert zielwerte sollwert sollwerte alvo alvos rotulo rotulos""",
    "epochs": """epoca epocas epoque epoques epoche epochen durchlaeufe iteracion* iteracoes
        iterazioni iterationen""",
    "nodes": "knoten nodos noeuds nodi",
    "neurons": "neuronas neuronios neurones neuronen neuroni",
    "data": "datos dados donnees daten dati",
    "examples": "ejemplos exemplos exemples beispiele esempi muestras amostras",
    "batch": "lote lotes stapel",
    "step": "paso pasos passo passos schritt schritte etape etapes",
    "regularization": "regularizacion regularizacao regularisierung regolarizzazione",
    "network": "red redes reseau netz netze netzwerk rete",
    "classes": "clases classi klassen",
    "number_of": "anzahl numero cantidad",
    "calculate": "calcular calculer berechne berechnen calcola calcolare",
}
PATTERNS = {
    english: re.compile(
        "|".join(
            each.replace("*", "[a-z]*") for each in sorted(words.split(), key=len, reverse=True)
        )
    )
    for english, words in WORDS.items()
}
# Within a name, a word ends at an underscore, before a capital letter and at a number.
ENDS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
SHARP = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@cache
def in_english(name: str) -> str:
    """A name with its words in English; the name as it is if it has no word of another language.

    >>> [in_english(name) for name in ("propagacion_adelante", "Kostenfunktion", "n_ocultas")]
    ['forward', 'cost_function', 'n_hidden']
    >>> in_english("backPropagate")
    'backPropagate'
    """
    plain = "_".join(ENDS.split(name)).lower().translate(SHARP)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    found: list[str] = []
    rest, is_other = plain, False
    while rest:
        known = _known_at_start(rest)
        if known is None:
            word = re.match(r"[^\W_]+|_+", rest)
            end = word.end() if word else 1
            found.append(rest[:end])
        else:
            english, end = known
            # The rest of a compound is a word too, such as funktion in Kostenfunktion.
            goes_on = rest[end : end + 1] not in ("", "_") and not rest[end].isdigit()
            found.append(english + "_" * goes_on)
            is_other = True
        rest = rest[end:]
    return "".join(found) if is_other else name


# Words that other words are joined to, in German.
JOINED = {"cost", "error", "activation", "weights", "weight", "output", "inputs", "target"}


def _known_at_start(text: str) -> tuple[str, int] | None:
    """The English of the longest known word at the start, and where it ends."""
    found: tuple[str, int] | None = None
    for english, pattern in PATTERNS.items():
        match = pattern.match(text)
        if match is None or (found is not None and match.end() <= found[1]):
            continue
        after = text[match.end() : match.end() + 1]
        is_whole = not after.isalpha()
        if is_whole or (english in JOINED and _goes_on_known(text[match.end() :])):
            found = english, match.end()
    return found


def _goes_on_known(rest: str) -> bool:
    """Whether another known word begins here."""
    return any(pattern.match(rest) for pattern in PATTERNS.values())
